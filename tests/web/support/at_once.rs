//! The same form from several visitors at the same moment.

use std::sync::Barrier;

use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::asynchronous;
use rocket::tokio::runtime::Handle;
use vestibule::app;
use vestibule::web::route_class::ClassedRoutes;

use super::{TestSite, encoded};

impl TestSite {
    /// The same form sent by a number of visitors at the same moment, each from its own thread. (The blocking
    /// client cannot be shared among threads.) Returns the answers: status and `Location`.
    pub fn at_once(&self, visitors: usize, path: &str, fields: &[(&str, &str)]) -> Vec<(Status, String)> {
        self.at_once_with(visitors, path, fields, &[])
    }

    /// The same, each with these cookies.
    pub fn at_once_with(
        &self,
        visitors: usize,
        path: &str,
        fields: &[(&str, &str)],
        cookies: &[(&str, &str)],
    ) -> Vec<(Status, String)> {
        at_once_on(&vec![self; visitors], path, fields, cookies)
    }
}

/// The same form sent to each of these sites at the same moment; a site may occur several times.
pub fn at_once_on(
    sites: &[&TestSite],
    path: &str,
    fields: &[(&str, &str)],
    cookies: &[(&str, &str)],
) -> Vec<(Status, String)> {
    let client = |site: &&TestSite| {
        let rocket = app::build_with(&site.config, &site.key, site.site.clone(), ClassedRoutes::default());
        (
            site.runtime.block_on(asynchronous::Client::untracked(rocket)).unwrap(),
            site.runtime.handle().clone(),
        )
    };
    let clients: Vec<_> = sites.iter().map(client).collect();
    let (body, start) = (encoded(fields), Barrier::new(sites.len()));
    let host = sites[0].host();
    let cookies =
        cookies.iter().map(|(name, value)| Cookie::new(sites[0].cookie_name(name), value.to_string()));
    let cookies: Vec<_> = cookies.collect();
    let send = |(client, runtime): &(asynchronous::Client, Handle)| {
        let host = Header::new("Host", host.clone());
        let cookies = cookies.iter().cloned();
        let form = client.post(path.to_owned()).header(ContentType::Form).header(host).body(&body);
        let form = form.cookies(cookies);
        start.wait();
        let answer = runtime.block_on(form.dispatch());
        (answer.status(), answer.headers().get_one("location").unwrap_or_default().to_owned())
    };
    std::thread::scope(|scope| {
        let visits: Vec<_> = clients.iter().map(|client| scope.spawn(|| send(client))).collect();
        visits.into_iter().map(|visit| visit.join().unwrap()).collect()
    })
}
